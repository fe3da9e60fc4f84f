#include <cdnsim/models/workload/content.hpp>

namespace cdnsim {

CacheControl ContentSpec::effective_cache_control() const {
  CacheControl control = cache_control;
  if (kind == ContentKind::custom || control != CacheControl{}) return control;
  switch (kind) {
    case ContentKind::static_files:
      control.is_public = true;
      control.max_age = std::chrono::hours(24 * 365);
      control.immutable = true;
      break;
    case ContentKind::semi_static:
      control.is_public = true;
      control.max_age = std::chrono::hours(1);
      control.stale_while_revalidate = std::chrono::minutes(10);
      control.stale_if_error = std::chrono::hours(24);
      break;
    case ContentKind::dynamic: control.no_store = true; break;
    case ContentKind::user_specific:
      control.is_private = true;
      control.no_store = true;
      break;
    case ContentKind::custom: break;
  }
  return control;
}

}  // namespace cdnsim
