package dev.concord.cli;

import dev.concord.access.UnusableUsers;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.LeaseLost;
import dev.concord.mapping.Faults;
import dev.concord.run.RunCutOff;
import dev.concord.run.RunRefused;
import dev.concord.run.UnusableDefinition;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells users what went wrong in a sentence, and what to do; a stack trace is for faults of the program alone. */
final class Complaints implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Shell shell;

    Complaints(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        shell.screen().complain(Readable.harmless(String.valueOf(e.getMessage())));
        UnmatchedArgumentException.printSuggestions(e, shell.screen().err());
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^concord ?", "");
        shell.screen().say("See " + shell.command(name.isEmpty() ? "--help" : name + " --help") + ".");
        return ExitCode.MISUSED;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
        shell.screen().out().flush();
        return switch (e) {
            case Refused refused -> complain(refused.getMessage(), ExitCode.MISUSED);
            case UnusableUsers unusable -> complain(unusable.getMessage(), ExitCode.MISUSED);
            case RunRefused refused -> complain(refused.getMessage(), ExitCode.MISUSED);
            case UnusableDefinition unusable -> {
                complain(unusable.getMessage(), ExitCode.MISUSED);
                if (!unusable.faults().isEmpty()) {
                    shell.screen().say(Faults.print(unusable.faults()));
                }
                yield ExitCode.MISUSED;
            }
            case UnusableObjectSet unusable -> complain(unusable.getMessage(), ExitCode.MISUSED);
            case LeaseHeld held -> complain(held.getMessage(), ExitCode.ALREADY_RUNNING);
            case LeaseLost lost -> complain(lost.getMessage(), ExitCode.FAILED);
            case RunCutOff cutOff -> {
                String room = DatabaseTrouble.noRoom(cutOff, url());
                yield complain(room == null ? cutOff.getMessage() : room, ExitCode.FAILED);
            }
            case SystemUnavailable unavailable -> complain(unavailable.getMessage(), ExitCode.FAILED);
            default -> unexpected(e);
        };
    }

    private int unexpected(Exception e) {
        String trouble = DatabaseTrouble.explain(e, url());
        if (trouble != null) {
            return complain(trouble, ExitCode.FAILED);
        }
        complain("This is a fault of Concord, not of what you asked for. Please report these lines:", ExitCode.FAILED);
        // Messages may repeat values of records; where it happened does not.
        Throwable cause = e;
        shell.screen().say(cause.getClass().getName());
        while (cause.getCause() != null) {
            cause = cause.getCause();
            shell.screen().say("caused by " + cause.getClass().getName());
        }
        for (StackTraceElement frame : cause.getStackTrace()) {
            shell.screen().say("    at " + frame);
        }
        return ExitCode.FAILED;
    }

    private @Nullable String url() {
        try {
            return shell.platform().settings().getProperty("spring.datasource.url");
        } catch (RuntimeException contextDidNotStart) {
            return System.getenv("SPRING_DATASOURCE_URL");
        }
    }

    private int complain(@Nullable String message, int exitCode) {
        shell.screen().complain(String.valueOf(message));
        return exitCode;
    }
}
