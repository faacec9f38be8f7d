/** References to secrets, resolved at the last moment, and values that never show themselves in a log. */
@NullMarked
package dev.concord.secret;

import org.jspecify.annotations.NullMarked;
