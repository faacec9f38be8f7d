/**
 * References to secrets, resolved at the last moment, and what is done with the keys that they hold: hashing,
 * encrypting and comparing values that must not be seen. Nothing here shows a secret in a text or an exception.
 */
@NullMarked
package dev.concord.secret;

import org.jspecify.annotations.NullMarked;
