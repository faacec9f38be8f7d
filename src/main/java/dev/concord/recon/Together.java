package dev.concord.recon;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Asks databases and systems several slow questions at the same time. */
final class Together {

    private Together() {}

    /**
     * The answers in the order of the questions, once all of them are there. Each question is asked on a thread of its
     * own, outside of any transaction of the caller.
     *
     * @throws RuntimeException the trouble of the first question that failed, after the others have ended
     */
    static <T> List<T> ask(List<Supplier<T>> questions) {
        List<CompletableFuture<T>> asked = questions.stream()
                .map(question -> CompletableFuture.supplyAsync(
                        question, task -> Thread.ofVirtual().name("question").start(task)))
                .toList();
        List<T> answers = new ArrayList<>();
        RuntimeException trouble = null;
        for (CompletableFuture<T> one : asked) {
            try {
                answers.add(one.join());
            } catch (CompletionException e) {
                RuntimeException its = e.getCause() instanceof RuntimeException cause ? cause : e;
                trouble = trouble == null ? its : trouble;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        return answers;
    }
}
