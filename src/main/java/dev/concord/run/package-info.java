/**
 * The life of a run: taking the lease, freezing what the run means, starting its batch job, keeping it alive, closing
 * it, and going on with one that was interrupted.
 */
@NullMarked
package dev.concord.run;

import org.jspecify.annotations.NullMarked;
