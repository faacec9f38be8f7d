/**
 * Attributes that are hashed or encrypted, whatever holds them. The adapters keep texts; this decorator makes texts of
 * secrets before they are written, and {@code $crypto} objects of texts when they are read, so that no clear value
 * passes it in either direction.
 */
@NullMarked
package dev.concord.system.secrecy;

import org.jspecify.annotations.NullMarked;
