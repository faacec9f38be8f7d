package dev.concord.recon;

import dev.concord.ledger.TargetCalls;
import dev.concord.system.ObjectSets;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;

/** A run that is ready to work; closing it lets go of the systems. */
public final class PreparedRun implements AutoCloseable {

    private final Job job;
    private final ObjectSets objectSets;
    private final RunMemory memory;
    private final GuardWatch guards;
    private final TargetCalls calls;

    PreparedRun(Job job, ObjectSets objectSets, RunMemory memory, GuardWatch guards, TargetCalls calls) {
        this.job = job;
        this.objectSets = objectSets;
        this.memory = memory;
        this.guards = guards;
        this.calls = calls;
    }

    public Job job() {
        return job;
    }

    /**
     * Lets every partition end behind the page it is at, or, where that is done record by record, behind the record;
     * the job then ends as stopped. For any thread.
     */
    public void stop() {
        memory.stopping = true;
    }

    public boolean isStopping() {
        return memory.stopping;
    }

    /** From when this says no, nothing more is written. */
    public void watchLease(LeaseWatch watch) {
        memory.watchLease(watch);
    }

    /** What the run's last trouble came from, as far as that is known. */
    public RuntimeException causeOf(RuntimeException last) {
        RuntimeException first = memory.firstTrouble;
        return first == null ? last : first;
    }

    /** What a guard said last, with what was done until the job ended; null when none stopped it. */
    public @Nullable GuardTripped tripped() {
        return guards.last();
    }

    /** The calls of the target, to be kept from time to time. */
    public TargetCalls calls() {
        return calls;
    }

    @Override
    public void close() {
        objectSets.close();
    }
}
