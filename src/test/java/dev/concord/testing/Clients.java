package dev.concord.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Many clients of a server at once. Each asks its own question again and again at a steady pace, the first time at a
 * moment of its own, and never has two requests under way. Safe for use by several threads.
 */
public final class Clients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double NANOSECONDS = 1e6;

    private final HttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, Queue<Long>> times = new ConcurrentHashMap<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    /**
     * What some of the clients ask.
     *
     * @param clients how many
     * @param address is asked for before each request
     */
    public record Question(String name, int clients, Supplier<URI> address) {}

    /** What was answered; {@code errors} are all answers but 200, and requests that got none. */
    public record Report(Map<String, Times> times, List<String> errors) {

        public int requests() {
            return times.values().stream().mapToInt(Times::count).sum();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            times.forEach((name, all) -> text.append(String.format(
                    Locale.ROOT,
                    "%-12s %6d requests, median %7.1f ms, 99 %% within %8.1f ms, longest %8.1f ms%n",
                    name,
                    all.count(),
                    all.within(0.5),
                    all.within(0.99),
                    all.within(1))));
            return text.toString();
        }
    }

    /** How long requests took, sorted, in milliseconds. */
    public record Times(double[] sorted) {

        static Times of(Collection<Long> nanoseconds) {
            return new Times(nanoseconds.stream()
                    .mapToDouble(time -> time / NANOSECONDS)
                    .sorted()
                    .toArray());
        }

        int count() {
            return sorted.length;
        }

        double within(double share) {
            return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * share))];
        }
    }

    private Clients() {
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** @param headers of each request: names and values by turns */
    public static Clients asking(Collection<Question> questions, Duration pace, String... headers) {
        Clients clients = new Clients();
        for (Question question : questions) {
            for (int i = 0; i < question.clients(); i++) {
                clients.threads.submit(() -> clients.ask(question, pace, headers));
            }
        }
        return clients;
    }

    private void ask(Question question, Duration pace, String... headers) {
        try {
            long next = System.nanoTime() + ThreadLocalRandom.current().nextLong(pace.toNanos());
            while (!end.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                long began = System.nanoTime();
                request(question, headers);
                times.computeIfAbsent(question.name(), name -> new ConcurrentLinkedQueue<>())
                        .add(System.nanoTime() - began);
                next = Math.max(next + pace.toNanos(), System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void request(Question question, String... headers) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(question.address().get())
                            .headers(headers)
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                errors.add(question.name() + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            errors.add(question.name() + ": " + e);
        }
    }

    /** Lets all requests that are under way be answered, and asks nothing more. */
    public Report report() {
        close();
        Map<String, Times> sorted = new LinkedHashMap<>();
        times.keySet().stream().sorted().forEach(name -> sorted.put(name, Times.of(times.get(name))));
        return new Report(sorted, List.copyOf(errors));
    }

    @Override
    public void close() {
        end.countDown();
        threads.close();
        http.close();
    }
}
