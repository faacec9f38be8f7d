/**
 * The smallest words of the house: an object read from or written to a system ({@link dev.concord.record.Resource}),
 * pointers into it, equality of values, keys that ids are compared by, and the difference of two objects. Every value
 * is a JSON value, and nothing here knows where an object comes from.
 */
@NullMarked
package dev.concord.record;

import org.jspecify.annotations.NullMarked;
