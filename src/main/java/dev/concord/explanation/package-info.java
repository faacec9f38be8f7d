/**
 * What would be decided about one record now, and why: plain data with a JSON form, for whoever shows it. The engine
 * fills it in while it decides; nothing here decides anything.
 */
@NullMarked
package dev.concord.explanation;

import org.jspecify.annotations.NullMarked;
