package dev.concord.cli;

import dev.concord.ledger.PageTimes;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Task;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time of a run's pages goes, the most expensive task first. */
final class TaskShares {

    private static final double NANOSECONDS_PER_SECOND = 1e9;

    private final Screen screen;
    private final Map<Task, PageTimes> tasks;

    TaskShares(Screen screen, RunView view) {
        this.screen = screen;
        this.tasks = view.tasks();
    }

    void print() {
        double sum = tasks.values().stream().mapToDouble(PageTimes::sum).sum();
        if (sum > 0) {
            screen.result("");
            screen.result(String.format(
                            Locale.ROOT, "time of all partitions together, %.1f s: ", sum / NANOSECONDS_PER_SECOND)
                    + tasks.entrySet().stream()
                            .sorted(Comparator.comparing(
                                    task -> -task.getValue().sum()))
                            .map(task -> Words.of(task.getKey()) + " "
                                    + Math.round(100 * task.getValue().sum() / sum) + " %")
                            .collect(Collectors.joining(", ")));
        }
    }
}
