#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/output_directory.hpp>
#include <cdnsim/tools/output_file.hpp>

namespace cdnsim::tools {
namespace {

namespace fs = std::filesystem;

// Ctrl-C waits while this lives: for the few renames that belong together.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

// The lock of a scratch directory ends with the process that holds it, however that ends. -1 when
// it cannot be had, and errno says why.
int lock_directory(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  const int why = errno;
  ::close(descriptor);
  errno = why;
  return -1;
}

void remove_abandoned(const fs::path& folder, const std::string& prefix) {
  std::error_code ignored;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
  }
  for (const fs::path& path : found) {
    const int lock = lock_directory(path);
    if (lock < 0) continue;  // another run is at work
    fs::remove_all(path, ignored);
    ::close(lock);
  }
}

void copy_mode(const fs::path& target, const fs::path& scratch) {
  struct stat status{};
  mode_t mode = 0777;
  if (::stat(target.c_str(), &status) == 0) {
    mode = status.st_mode & 07777U;
  } else {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    mode &= ~mask;
  }
  if (::chmod(scratch.c_str(), mode) != 0) fail_output(target, errno);
}

}  // namespace

OutputDirectory::OutputDirectory(const fs::path& target, std::vector<std::string> names)
    : shown_(target), names_(std::move(names)) {
  CDNSIM_REQUIRE_USER(!target.empty(), "the output directory has no name");
  try {
    find_target();
    make_parents();
    if (can_be_swapped()) {
      make_scratch(target_.parent_path(), "." + target_.filename().string() + ".cdnsim-");
    } else {
      make_scratch(target_, ".cdnsim-");
    }
  } catch (const fs::filesystem_error& error) {
    discard();
    fail_output(shown_, error.code().value());
  } catch (...) {
    discard();
    throw;
  }
}

OutputDirectory::~OutputDirectory() { discard(); }

void OutputDirectory::find_target() {
  target_ = fs::weakly_canonical(fs::absolute(shown_));
  if (!target_.has_filename()) target_ = target_.parent_path();
  if (fs::is_symlink(target_)) fail_output(shown_, ENOENT);  // it points nowhere
  if (fs::exists(target_) && !fs::is_directory(target_)) fail_output(shown_, ENOTDIR);
  for (const std::string& name : names_) {
    if (fs::is_directory(target_ / name)) fail_output(shown(name), EISDIR);
  }
}

void OutputDirectory::make_parents() {
  for (fs::path at = target_.parent_path(); !fs::exists(at); at = at.parent_path()) {
    made_.insert(made_.begin(), at);
  }
  fs::create_directories(target_.parent_path());
}

// Whether nothing would be lost or left behind if another directory took its place.
bool OutputDirectory::can_be_swapped() const {
  std::error_code problem;
  if (!fs::exists(target_, problem)) return true;
  if (target_ == fs::current_path(problem) || ::access(target_.parent_path().c_str(), W_OK) != 0) {
    return false;
  }
  struct stat own{}, parent{};
  if (::stat(target_.c_str(), &own) != 0 || ::stat(target_.parent_path().c_str(), &parent) != 0 ||
      own.st_dev != parent.st_dev) {
    return false;
  }
  for (const auto& entry : fs::directory_iterator(target_, problem)) {
    const std::string name = entry.path().filename().string();
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) return false;
  }
  return !problem;
}

void OutputDirectory::make_scratch(const fs::path& folder, const std::string& prefix) {
  remove_abandoned(folder, prefix);
  while (true) {
    std::string path = (folder / (prefix + "XXXXXX")).string();
    if (::mkdtemp(path.data()) == nullptr) fail_output(shown_, errno);
    scratch_ = path;
    lock_ = lock_directory(scratch_);
    // Where the file system knows no locks (NFS), nobody else can take this for abandoned either.
    const bool is_ours = lock_ >= 0 || (errno != EWOULDBLOCK && errno != ENOENT);
    if (is_ours && fs::exists(scratch_)) return;
    // Another run took the directory for abandoned before it was locked: once more.
    if (lock_ >= 0) ::close(std::exchange(lock_, -1));
  }
}

void OutputDirectory::publish() {
  const SignalsBlocked blocked;
  if (scratch_.parent_path() == target_ || !can_be_swapped() || !swap_directories()) {
    rename_files();
  }
  made_.clear();
}

// False when the file system cannot.
bool OutputDirectory::swap_directories() {
  copy_mode(target_, scratch_);
  // Enough where nothing or an empty directory is in its place.
  if (::rename(scratch_.c_str(), target_.c_str()) == 0) return true;
  return ::renameat2(AT_FDCWD, scratch_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0;
}

void OutputDirectory::rename_files() {
  if (::mkdir(target_.c_str(), 0777) != 0 && errno != EEXIST) fail_output(shown_, errno);
  for (const std::string& name : names_) {
    std::error_code problem;
    if (fs::exists(scratch(name), problem)) {
      fs::rename(scratch(name), target_ / name, problem);
    } else {
      fs::remove(target_ / name, problem);
    }
    if (problem) fail_output(shown(name), problem.value());
  }
}

void OutputDirectory::discard() noexcept {
  std::error_code ignored;
  if (!scratch_.empty()) fs::remove_all(scratch_, ignored);
  if (lock_ >= 0) ::close(lock_);
  // Only what is empty goes.
  for (auto made = made_.rbegin(); made != made_.rend(); ++made) ::rmdir(made->c_str());
}

}  // namespace cdnsim::tools
