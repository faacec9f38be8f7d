/**
 * The engine on trial: random worlds of {@link dev.concord.model.Worlds} are written down as definition files, run by
 * the real batch job on a real database, and what it leaves behind is compared with what
 * {@link dev.concord.model.Reference} says. A world on which they differ is made smaller before it is shown.
 */
@NullMarked
package dev.concord.worlds;

import org.jspecify.annotations.NullMarked;
