/** Property rows: how the attributes of a source object become those of the wanted target object. */
@NullMarked
package dev.concord.projection;

import org.jspecify.annotations.NullMarked;
