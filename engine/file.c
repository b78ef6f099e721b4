/* Links are followed first, so that a link stays a link; the temporary file is in the same folder, so that
 * the rename is atomic. */
#include "engine/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ATTEMPTS 100 /* temporary names tried */

static bool is_special(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static int open_temporary(EngFile *file) {
  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (asprintf(&file->temporary, "%s.%ld.%d.tmp", file->path, (long)getpid(), attempt) < 0) {
      file->temporary = NULL;
      errno = ENOMEM;
      return -1;
    }
    int descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
    free(file->temporary);
    file->temporary = NULL;
  }
  return -1;
}

static void forget(EngFile *file) {
  free(file->path);
  free(file->temporary);
  *file = (EngFile){0};
}

bool eng_file_begin(EngFile *out, const char *path, EngError *err) {
  *out = (EngFile){0};
  out->path = realpath(path, NULL);
  if (!out->path) out->path = strdup(path);
  if (!out->path) return eng_error_memory(err, path, "a path");
  int descriptor = is_special(path) ? open(path, O_WRONLY | O_CLOEXEC) : open_temporary(out);
  if (descriptor >= 0) out->stream = fdopen(descriptor, "wb");
  if (out->stream) return true;
  eng_error_set(err, path, NULL, "expected a file that can be written, found: %s", strerror(errno));
  if (descriptor >= 0) close(descriptor);
  if (descriptor >= 0 && out->temporary) unlink(out->temporary);
  forget(out);
  return false;
}

bool eng_file_end(EngFile *file, bool keep, EngError *err) {
  bool ok = !ferror(file->stream);
  if (fclose(file->stream) != 0) ok = false;
  if (keep && ok && file->temporary) ok = rename(file->temporary, file->path) == 0;
  if (!ok) eng_error_set(err, file->path, NULL, "expected a file that can be written, found: %s", strerror(errno));
  if (file->temporary && !(keep && ok)) unlink(file->temporary);
  forget(file);
  return ok;
}
