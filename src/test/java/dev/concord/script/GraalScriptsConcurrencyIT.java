package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GraalScriptsConcurrencyIT {

    private static final ScriptLimits LIMITS =
            new ScriptLimits(200_000, Duration.ofSeconds(20), 100, 256L << 20, 10_000, 10_000, 1_000, 1_000, 1);

    private static ScriptSource source(String text) {
        return new ScriptSource(text, null, Map.of(), new Place("hr.yaml", 1, "/x"));
    }

    private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void many_threads_see_only_their_own_variables() throws Exception {
        try (GraalScripts scripts = new GraalScripts(LIMITS, name -> null, false)) {
            List<String> texts = List.of(
                    "source.id + '-' + linkQualifier",
                    "[source.id].concat(linkQualifier).reverse().reverse().join('-')",
                    "var x = source.id; leak = x; target.seen = x; x + '-' + linkQualifier",
                    "let x = source.id; return x + '-' + linkQualifier",
                    "(function () { shared = source.id; return shared + '-' + linkQualifier })()");
            List<Integer> wrong = together(8, () -> {
                int mistakes = 0;
                for (int i = 0; i < 400; i++) {
                    String id = Thread.currentThread().threadId() + "." + i;
                    Map<String, Object> variables = new HashMap<>();
                    Map<String, Object> target = new HashMap<>();
                    variables.put("source", Map.of("id", id));
                    variables.put("target", target);
                    variables.put("linkQualifier", "q" + i);
                    Object result = scripts.run(
                            source(texts.get(i % texts.size())), variables, Set.of("target"), new SampleObjects());
                    boolean seen = i % texts.size() != 2 || id.equals(target.get("seen"));
                    if (!result.equals(id + "-q" + i) || !seen) {
                        mistakes++;
                    }
                }
                return mistakes;
            });
            assertThat(wrong).containsOnly(0);
            assertThat(scripts.sandboxes()).isBetween(1, 8);
        }
    }

    @Test
    void a_script_that_is_stopped_takes_no_other_one_with_it() throws Exception {
        try (GraalScripts scripts = new GraalScripts(LIMITS, name -> null, false)) {
            List<Integer> good = together(6, () -> {
                int count = 0;
                for (int i = 0; i < 40; i++) {
                    try {
                        scripts.run(source("for (;;);"), Map.of(), new SampleObjects());
                    } catch (ScriptFailure stopped) {
                        Object next =
                                scripts.run(source("Math.abs(1 + source)"), Map.of("source", i), new SampleObjects());
                        if (stopped.kind() == ScriptFailure.Kind.STOPPED && next.equals(1 + i)) {
                            count++;
                        }
                    }
                }
                return count;
            });
            assertThat(good).containsOnly(40);
        }
    }

    @Test
    void virtual_threads_may_run_scripts_too() throws Exception {
        try (GraalScripts scripts = new GraalScripts(LIMITS, name -> null, false);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                futures.add(pool.submit(() ->
                        scripts.run(source("Math.abs(source * 2)"), Map.of("source", number), new SampleObjects())));
            }
            for (int i = 0; i < futures.size(); i++) {
                assertThat(futures.get(i).get()).isEqualTo(2 * i);
            }
        }
    }

    @Test
    void closing_stops_what_runs_and_refuses_what_comes() throws Exception {
        ScriptLimits patient = new ScriptLimits(
                Long.MAX_VALUE, Duration.ofMinutes(10), 100, 1L << 40, 10_000, 10_000, 1_000, Integer.MAX_VALUE, 1);
        GraalScripts scripts = new GraalScripts(patient, name -> null, false);
        CountDownLatch running = new CountDownLatch(1);
        Objects objects = new SampleObjects() {
            @Override
            public Map<String, Object> read(String path) {
                running.countDown();
                return null;
            }
        };
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Object> endless =
                    pool.submit(() -> scripts.run(source("openidm.read('a/b'); for (;;);"), Map.of(), objects));
            running.await();
            scripts.close();
            assertThatThrownBy(endless::get).hasCauseInstanceOf(ScriptFailure.class);
        }
        assertThatThrownBy(() -> scripts.run(source("1"), Map.of(), objects))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
