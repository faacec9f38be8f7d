/**
 * The reconciliation itself: for each mapping a batch job whose items are pages of records. A page is read, its records
 * are assessed in their order, and what was decided is applied and committed together with the segment that remembers
 * it. The only room that builds batch jobs.
 */
@NullMarked
package dev.concord.recon;

import org.jspecify.annotations.NullMarked;
