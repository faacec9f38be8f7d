package dev.concord.cli;

import dev.concord.run.Home;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code concord}: the root of all commands. */
@Command(
        name = "concord",
        description = "Keeps identities in agreement across systems.",
        mixinStandardHelpOptions = true,
        versionProvider = ConcordCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Home, the folder with jobs/ and data/, is --home DIR, CONCORD_HOME, or the folder of the launcher.",
            "Exit codes: 0 done, 1 failed, 2 bad usage or invalid definitions, 3 done but records failed,",
            "4 a guard stopped it, 5 already running, 6 a plan has changes (--detailed-exitcode)."
        })
public final class ConcordCommand implements Runnable {

    private static final int WIDEST_HELP = 110;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ConcordCommand() {}

    /**
     * Does what the arguments say and answers the exit code of the process.
     *
     * @param application the root of the Spring configuration, for commands that need the platform database
     * @param server that of {@code serve}
     */
    public static int execute(Class<?> application, Class<?> server, Path home, String... arguments) {
        return execute(application, server, new Home(home), Screen.ofProcess(), Signals::listen, arguments);
    }

    static int execute(Class<?> application, Home home, Screen screen, String... arguments) {
        return execute(application, application, home, screen, shell -> {}, arguments);
    }

    private static int execute(
            Class<?> application,
            Class<?> server,
            Home home,
            Screen screen,
            Consumer<Shell> before,
            String... arguments) {
        try (Platform platform = new Platform(application, server, home)) {
            Shell shell = new Shell(screen, home, platform);
            before.accept(shell);
            int exitCode = commandLine(shell).execute(arguments);
            String lost = screen.lost();
            if (lost == null) {
                return exitCode;
            }
            screen.complain("The result could not be written as a whole: " + Readable.harmless(lost)
                    + ". What arrived is incomplete; make room, or write to another place.");
            return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
        } finally {
            screen.flush();
        }
    }

    private static CommandLine commandLine(Shell shell) {
        Screen screen = shell.screen();
        Complaints complaints = new Complaints(shell);
        CommandLine commands = new CommandLine(new ConcordCommand())
                .addSubcommand(new RunCommand(shell))
                .addSubcommand(new PlanCommand(shell))
                .addSubcommand(new ApplyCommand(shell))
                .addSubcommand(new RestartCommand(shell))
                .addSubcommand(new ApproveCommand(shell))
                .addSubcommand(new DenyCommand(shell))
                .addSubcommand(new StopCommand(shell))
                .addSubcommand(new RecoverCommand(shell))
                .addSubcommand(new PerformCommand(shell))
                .addSubcommand(new UndoCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new RunsCommand(shell))
                .addSubcommand(new ReportCommand(shell))
                .addSubcommand(new CompareCommand(shell))
                .addSubcommand(new ExplainCommand(shell))
                .addSubcommand(new ValidateCommand(shell))
                .addSubcommand(new ConvertCommand(shell))
                .addSubcommand(new MappingsCommand(shell))
                .addSubcommand(new SchemaCommand(shell))
                .addSubcommand(new QueryCommand(shell))
                .addSubcommand(new LinksCommand(shell))
                .addSubcommand(new RelinkCommand(shell))
                .addSubcommand(new AuditCommand(shell))
                .addSubcommand(new ServeCommand(shell))
                .addSubcommand(new UserCommand(shell))
                .addSubcommand(new PruneCommand(shell))
                .addSubcommand(new BenchCommand(shell))
                .addSubcommand(new MeasuredRunCommand(shell))
                .addSubcommand(new CommandLine(new DatabaseCommand())
                        .addSubcommand(new DatabaseCommand.Migrate(shell))
                        .addSubcommand(new DatabaseCommand.Info(shell)));
        return commands.setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        screen.colours() && screen.outIsTerminal() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.min(WIDEST_HELP, screen.columns()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionExceptionHandler(complaints)
                .setParameterExceptionHandler(complaints);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ConcordCommand.class.getPackage().getImplementationVersion();
            return new String[] {"concord " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
