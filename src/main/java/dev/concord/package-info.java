/**
 * Where the process starts. Everything else lives in the rooms below: each package is one room, and rooms only use the
 * rooms under them.
 */
@NullMarked
package dev.concord;

import org.jspecify.annotations.NullMarked;
