/**
 * Object sets in CSV and JSON lines files. A file is read once into a snapshot, normalised and indexed by id, which is
 * what all reads come from; the heap holds no records. Changes are collected in the platform database, in the caller's
 * transaction, and every read shows the file together with them; publishing writes the whole file aside in its own
 * format and renames it.
 */
@NullMarked
package dev.concord.system.file;

import org.jspecify.annotations.NullMarked;
