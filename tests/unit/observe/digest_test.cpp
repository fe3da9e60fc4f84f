#include <cdnsim/observe/digest.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("digests are those of FIPS 180-4's examples") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("how a text is cut into pieces does not matter") {
  Sha256 digest;
  digest.update("ab");
  digest.update("");
  digest.update("c");
  CHECK(digest.hex() == sha256_hex("abc"));
}

TEST_CASE("more may follow after a look at the digest so far") {
  Sha256 digest;
  digest.update("a");
  CHECK(digest.hex() == sha256_hex("a"));
  digest.update("bc");
  CHECK(digest.hex() == sha256_hex("abc"));
  const Sha256 moved = std::move(digest);
  CHECK(moved.hex() == sha256_hex("abc"));
}

TEST_CASE("a million times a") {
  Sha256 digest;
  for (int i = 0; i < 1000; ++i) digest.update(std::string(1000, 'a'));
  CHECK(digest.hex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
