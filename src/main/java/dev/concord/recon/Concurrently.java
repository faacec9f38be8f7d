package dev.concord.recon;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks several questions at the same time. */
final class Concurrently {

    private Concurrently() {}

    /**
     * The answers, in the order of the questions. What one of them throws is thrown here, once all have come to an end.
     *
     * @param threads how many may be asked at once, at least one
     */
    static <T> List<T> all(int threads, List<? extends Callable<T>> questions) {
        List<T> answers = new ArrayList<>();
        try (ExecutorService askers = Executors.newFixedThreadPool(threads)) {
            for (Future<T> answer : questions.stream().map(askers::submit).toList()) {
                answers.add(answer.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException trouble ? trouble : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while others were asked.", e);
        }
        return answers;
    }
}
