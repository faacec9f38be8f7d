/**
 * Words that stand in secrets and in records about people, and nowhere else, are sent through everything that can
 * happen and then looked for in everything that Concord says or keeps. What may be found where is said once, in
 * {@code Output}; the table of {@code docs/secrets.md} is made of it.
 */
@NullMarked
package dev.concord.canary;

import org.jspecify.annotations.NullMarked;
