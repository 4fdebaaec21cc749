// libxxhash (Debian 12), imported by the Digests target only.
#include <xxhash.h>
