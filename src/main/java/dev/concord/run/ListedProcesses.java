package dev.concord.run;

import java.util.Optional;

/**
 * Systems without namespaces of process ids, whose list of processes has those of all users. Names of hosts have to
 * keep their machines apart.
 *
 * @param space what the system is called
 */
record ListedProcesses(String space) implements Processes {

    @Override
    public Optional<Birth> self() {
        return start(ProcessHandle.current()).map(start -> new Birth(space, start));
    }

    @Override
    public boolean isGone(long pid, Birth birth) {
        if (!space.equals(birth.space())) {
            return false;
        }
        // To ask for one process alone says nothing of those of other users, on Windows.
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .map(there -> start(there)
                        .filter(start -> !start.equals(birth.start()))
                        .isPresent())
                .orElse(true);
    }

    private static Optional<String> start(ProcessHandle process) {
        return process.info().startInstant().map(start -> Long.toString(start.toEpochMilli()));
    }
}
