package dev.concord.recon;

import dev.concord.secret.Thrown;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * The framework's job repository, which a run asks again when the platform database made trouble: a page that was
 * committed shall not be the last one because the framework could not count it. Safe for use by several threads.
 */
final class PatientRepository implements InvocationHandler {

    private final JobRepository repository;
    private final RunContext context;
    private final StepNotes notes = new StepNotes(System::nanoTime);

    private PatientRepository(JobRepository repository, RunContext context) {
        this.repository = repository;
        this.context = context;
    }

    static JobRepository of(JobRepository repository, RunContext context) {
        return (JobRepository) Proxy.newProxyInstance(
                JobRepository.class.getClassLoader(),
                new Class<?>[] {JobRepository.class},
                new PatientRepository(repository, context));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (notes.isSuperfluous(method, arguments)) {
            return null;
        }
        if (arguments != null) {
            leaveOutWords(arguments[0]);
        }
        return new Attempts(context).<@Nullable Object>repeat(attempt -> {
            if (attempt > 0 && arguments != null && arguments[0] instanceof StepExecution step) {
                takeVersion(step);
            }
            try {
                return method.invoke(repository, arguments);
            } catch (InvocationTargetException e) {
                throw unwrapped(e);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The framework would keep the whole trace of what a step threw, whose messages may repeat values of records. */
    private static void leaveOutWords(@Nullable Object execution) {
        switch (execution) {
            case StepExecution step ->
                step.setExitStatus(withoutWords(step.getExitStatus(), step.getFailureExceptions()));
            case JobExecution job -> job.setExitStatus(withoutWords(job.getExitStatus(), job.getFailureExceptions()));
            case null, default -> {}
        }
    }

    private static ExitStatus withoutWords(ExitStatus status, List<Throwable> thrown) {
        return status.getExitDescription().isEmpty()
                ? status
                : new ExitStatus(
                        status.getExitCode(),
                        thrown.stream().map(Thrown::types).distinct().collect(Collectors.joining("; ")));
    }

    /** Nobody knows whether the last attempt was committed; the row knows. */
    private void takeVersion(StepExecution step) {
        StepExecution stored = repository.getStepExecution(step.getId());
        Integer version = stored == null ? null : stored.getVersion();
        if (version != null) {
            step.setVersion(version);
        }
    }

    private static RuntimeException unwrapped(InvocationTargetException wrapped) {
        return wrapped.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(wrapped);
    }
}
