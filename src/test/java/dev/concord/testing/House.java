package dev.concord.testing;

import dev.concord.CommandLineApplication;
import dev.concord.audit.Actor;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.recon.Engine;
import dev.concord.run.ActionRequest;
import dev.concord.run.Plans;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunIds;
import dev.concord.run.RunRequest;
import dev.concord.run.Undoing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Concord in this JVM, put together as the product does it, on a home folder and a database that the test chooses. Runs
 * get the ids that the test gives them, so that ids made from them are the same again elsewhere. Not for use by several
 * threads at once.
 */
public final class House implements AutoCloseable {

    /** Who does all that is done here. */
    public static final Actor ACTOR = new Actor(Actor.Door.COMMAND, "ann", "workstation", null, null);

    private final ConfigurableApplicationContext context;
    private final AtomicReference<String> nextId;

    private House(ConfigurableApplicationContext context, AtomicReference<String> nextId) {
        this.context = context;
        this.nextId = nextId;
    }

    public static House open(Path home, TestDatabase database) {
        return on(home, database).open();
    }

    public static Plan on(Path home, TestDatabase database) {
        return new Plan(home, database.url(), database.username(), database.password());
    }

    public static Plan on(Path home, String url, String username, String password) {
        return new Plan(home, url, username, password);
    }

    /** A house that is not open yet. */
    public static final class Plan {

        private final Path home;
        private final String url;
        private final String username;
        private final String password;
        private final List<BeanPostProcessor> decorations = new ArrayList<>();
        private final List<String> settings = new ArrayList<>();
        private boolean guarded;

        private Plan(Path home, String url, String username, String password) {
            this.home = home;
            this.url = url;
            this.username = username;
            this.password = password;
        }

        /** Puts something before a part of the product, or in its place. */
        public <T> Plan with(Class<T> type, UnaryOperator<T> decoration) {
            decorations.add(new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object part, String name) {
                    return type.isInstance(part) ? decoration.apply(type.cast(part)) : part;
                }
            });
            return this;
        }

        /** Sets a property of the application, such as {@code concord.timeouts.call} to {@code 2s}. */
        public Plan set(String property, String value) {
            settings.add("--" + property + "=" + value);
            return this;
        }

        /**
         * With the limits that hold where nobody says anything. Tests spoil data on purpose, and most would only wait
         * for approval.
         */
        public Plan guarded() {
            guarded = true;
            return this;
        }

        /** Reads all targets before the source phase where a run has no fewer linked records than these. */
        public Plan presumingFrom(int records) {
            return with(
                    Engine.class,
                    engine -> new Engine(
                            engine.jdbc(),
                            engine.transaction(),
                            engine.repository(),
                            engine.runs(),
                            engine.leases(),
                            engine.reader(),
                            engine.scripts(),
                            engine.objectSets(),
                            engine.smallestPartition(),
                            records,
                            engine.patience()));
        }

        /** Cuts runs into as many partitions as they have threads, even where each has no more than so many records. */
        public Plan partitionsOf(int records) {
            return with(
                    Engine.class,
                    engine -> new Engine(
                            engine.jdbc(),
                            engine.transaction(),
                            engine.repository(),
                            engine.runs(),
                            engine.leases(),
                            engine.reader(),
                            engine.scripts(),
                            engine.objectSets(),
                            records,
                            engine.fewestPresumed(),
                            engine.patience()));
        }

        public House open() {
            AtomicReference<String> nextId = new AtomicReference<>("");
            SpringApplication application = new SpringApplication(CommandLineApplication.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.setLazyInitialization(true);
            application.setRegisterShutdownHook(false);
            application.addInitializers(starting -> {
                ((GenericApplicationContext) starting).registerBean(RunIds.class, () -> nextId::get);
                decorations.forEach(starting.getBeanFactory()::addBeanPostProcessor);
            });
            List<String> arguments = new ArrayList<>(List.of(
                    "--concord.home=" + home.toAbsolutePath(),
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=" + username,
                    "--spring.datasource.password=" + password));
            if (!guarded) {
                for (String guard : List.of("deletes", "unlinks", "failures", "source-shrink")) {
                    arguments.add("--concord.thresholds." + guard + "=none");
                }
            }
            arguments.addAll(settings);
            return new House(application.run(arguments.toArray(String[]::new)), nextId);
        }
    }

    /** A part of the house. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** The id of the next run, where a test starts one by a part of the house. */
    public void nextId(String runId) {
        nextId.set(runId);
    }

    /** Runs a mapping once, as a run with this id. */
    public RunView run(String mapping, String runId) {
        return run(mapping, runId, RunListener.NONE);
    }

    public RunView run(String mapping, String runId, RunListener listener) {
        return run(RunRequest.full(mapping), runId, listener);
    }

    /** Runs what is asked for, as a run with this id. */
    public RunView run(RunRequest request, String runId, RunListener listener) {
        nextId.set(runId);
        return view(get(Reconciliations.class).start(request, ACTOR, listener));
    }

    /** Runs a mapping for one source id, as a run with this id. */
    public RunView runById(String mapping, String sourceId, String runId) {
        return run(new RunRequest(mapping, false, List.of(sourceId), null), runId, RunListener.NONE);
    }

    /** Looks at a mapping, as a run with this id. */
    public RunView analyze(String mapping, String runId) {
        return run(new RunRequest(mapping, true, List.of(), null), runId, RunListener.NONE);
    }

    /** Applies a plan, or goes on applying it. */
    public RunView apply(String plan, RunListener listener) {
        return view(get(Plans.class).apply(plan, ACTOR, listener));
    }

    /** Does one action for one record, as a run with this id. */
    public RunView perform(ActionRequest request, String runId) {
        nextId.set(runId);
        return view(get(Reconciliations.class).perform(request, ACTOR, RunListener.NONE));
    }

    /** Takes a run back, or looks what that would do, as a run with this id. */
    public RunView undo(String undone, boolean analyze, String runId) {
        return undo(undone, analyze, runId, RunListener.NONE);
    }

    public RunView undo(String undone, boolean analyze, String runId, RunListener listener) {
        nextId.set(runId);
        return view(get(Undoing.class).undo(new Undoing.Request(undone, analyze), ACTOR, listener));
    }

    /** Continues a run that was interrupted. */
    public RunView restart(String runId) {
        return restart(runId, RunListener.NONE);
    }

    public RunView restart(String runId, RunListener listener) {
        return view(get(Reconciliations.class).restart(runId, ACTOR, listener));
    }

    /** A run as it stands, if there is one with this id. */
    public Optional<RunView> find(String runId) {
        return get(Runs.class).find(runId).map(this::view);
    }

    private RunView view(Run run) {
        return get(LedgerReader.class).view(run);
    }

    @Override
    public void close() {
        context.close();
    }
}
