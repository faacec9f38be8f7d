/**
 * Which target objects belong to an unlinked source object: what a mapping's correlation asks for one record, and how
 * the questions of a whole page are put to the target set in as few round trips as there are kinds of questions.
 */
@NullMarked
package dev.concord.correlation;

import org.jspecify.annotations.NullMarked;
