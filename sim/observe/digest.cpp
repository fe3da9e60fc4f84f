#include <array>

#include <openssl/evp.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/observe/digest.hpp>

namespace cdnsim {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Context new_context() {
  Context context(EVP_MD_CTX_new());
  CDNSIM_ASSERT(context != nullptr, "OpenSSL gave no context");
  return context;
}

}  // namespace

struct Sha256::State {
  Context context = new_context();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  CDNSIM_ASSERT(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1,
                "OpenSSL has no SHA-256");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
  const int done = EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
  CDNSIM_ASSERT(done == 1, "SHA-256 took no more bytes");
}

std::string Sha256::hex() const {
  const Context copy = new_context();  // a finished context takes no more bytes
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  const int copied = EVP_MD_CTX_copy_ex(copy.get(), state_->context.get());
  const int finished = EVP_DigestFinal_ex(copy.get(), digest.data(), &length);
  CDNSIM_ASSERT(copied == 1 && finished == 1 && length == 32, "SHA-256 could not be finished");
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.hex();
}

}  // namespace cdnsim
