package dev.concord.recon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
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
