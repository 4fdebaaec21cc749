// liblmdb 0.9.24 (Debian 12), imported by the LMDB target only.
#include <lmdb.h>
