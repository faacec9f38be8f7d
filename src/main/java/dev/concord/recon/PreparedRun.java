package dev.concord.recon;

import dev.concord.system.ObjectSets;
import org.springframework.batch.core.job.Job;

/** A run that is ready to work; closing it lets go of the systems. */
public record PreparedRun(Job job, ObjectSets objectSets) implements AutoCloseable {

    @Override
    public void close() {
        objectSets.close();
    }
}
