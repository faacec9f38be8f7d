package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

class StepNotesTest {

    private final AtomicLong now = new AtomicLong();
    private final StepNotes notes = new StepNotes(now::get);
    private final JobExecution job = new JobExecution(1, new JobInstance(1, "job"), new JobParameters());

    @Test
    void of_the_pages_of_a_step_only_one_every_few_seconds_is_noted() throws Exception {
        StepExecution step = step(1, BatchStatus.STARTED);
        assertThat(isLeftOut("update", step)).isFalse();
        assertThat(isLeftOut("update", step)).isTrue();
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(isLeftOut("update", step)).isTrue();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(isLeftOut("update", step)).isFalse();
        assertThat(isLeftOut("update", step)).isTrue();
    }

    @Test
    void what_changes_a_steps_status_is_always_noted() throws Exception {
        StepExecution step = step(1, BatchStatus.STARTED);
        assertThat(isLeftOut("update", step)).isFalse();
        for (BatchStatus end : new BatchStatus[] {BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.STOPPED}) {
            step.setStatus(end);
            assertThat(isLeftOut("update", step)).isFalse();
            assertThat(isLeftOut("updateExecutionContext", step)).isFalse();
        }
    }

    @Test
    void steps_and_what_is_noted_of_them_do_not_stand_for_each_other() throws Exception {
        assertThat(isLeftOut("update", step(1, BatchStatus.STARTED))).isFalse();
        assertThat(isLeftOut("update", step(2, BatchStatus.STARTED))).isFalse();
        assertThat(isLeftOut("updateExecutionContext", step(1, BatchStatus.STARTED)))
                .isFalse();
    }

    @Test
    void what_is_asked_of_the_repository_is_never_left_out() throws Exception {
        Method question = JobRepository.class.getMethod("getStepExecution", long.class);
        assertThat(notes.isSuperfluous(question, new Object[] {1L})).isFalse();
        assertThat(notes.isSuperfluous(question, null)).isFalse();
    }

    private StepExecution step(long id, BatchStatus status) {
        StepExecution step = new StepExecution(id, "step", job);
        step.setStatus(status);
        return step;
    }

    private boolean isLeftOut(String method, StepExecution step) throws NoSuchMethodException {
        return notes.isSuperfluous(JobRepository.class.getMethod(method, StepExecution.class), new Object[] {step});
    }
}
