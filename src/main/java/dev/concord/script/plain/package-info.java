/**
 * Evaluates plain scripts without the script engine: those that only look at values and put new ones together, as most
 * transforms and conditions do. It knows a part of JavaScript, and of that part only what goes well: whatever it does
 * not know, and whatever goes wrong, it leaves to the engine, which begins anew. That is always possible, because what
 * a plain script can do has no effects.
 */
@NullMarked
package dev.concord.script.plain;

import org.jspecify.annotations.NullMarked;
