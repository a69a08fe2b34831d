/**
 * The extension {@code file_storage}: keeps the small state of components, such as the last inventory of {@code model_diff}, in a
 * directory of the local file system over restarts, kills and power losses. One process per directory; 16 MiB per store. Network
 * file systems work as far as their locks, renames and fsync do.
 */
@NullMarked
package tscollector.extension.storage;

import org.jspecify.annotations.NullMarked;
