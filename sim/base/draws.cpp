#include <cdnsim/base/draws.hpp>

namespace cdnsim {

// Whole numbers only, so that a version for wider registers gives the same bits: it takes a third
// of the plain loop's time. (Sanitizers do not stand the choice at load time, and clang makes
// nothing of it.)
#if defined(__x86_64__) && defined(__linux__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CDNSIM_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define CDNSIM_WIDE
#endif

CDNSIM_WIDE void draw_batch(DrawKey key, Counter first, std::span<DrawBlock> blocks) {
  for (DrawBlock& block : blocks) {
    block = draw(key, first);
    ++first.a;
  }
}

}  // namespace cdnsim
