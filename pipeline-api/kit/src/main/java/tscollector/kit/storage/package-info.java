/**
 * Small state on disk: a directory with one file per store. A change writes the whole store to a temporary file, forces it to
 * the disk, renames it over the old one and forces the directory: after a kill or a power loss either all of the change is
 * there or none. Meant for state of kilobytes (baselines, offsets), not for queues.
 */
@NullMarked
package tscollector.kit.storage;

import org.jspecify.annotations.NullMarked;
