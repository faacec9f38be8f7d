/**
 * The built-in store: a real table of the platform database for each managed type, made when the type is first used and
 * extended when its definition grows. Reading and writing is the table adapter's business; this package only sees to it
 * that the table is there.
 */
@NullMarked
package dev.concord.system.managed;

import org.jspecify.annotations.NullMarked;
