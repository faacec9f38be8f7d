/**
 * The link table: which source object and which target object belong together. Callers see links from the side of their
 * mapping; which column a side is stored in, and how ids compare, is settled here.
 */
@NullMarked
package dev.concord.link;

import org.jspecify.annotations.NullMarked;
