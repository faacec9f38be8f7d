-- When mappings run by themselves. Tables and columns are named as Quartz names them; its servers agree through them.
create table QRTZ_JOB_DETAILS (
    SCHED_NAME        varchar(120) not null,
    JOB_NAME          varchar(190) not null,
    JOB_GROUP         varchar(190) not null,
    DESCRIPTION       varchar(250),
    JOB_CLASS_NAME    varchar(250) not null,
    IS_DURABLE        boolean not null,
    IS_NONCONCURRENT  boolean not null,
    IS_UPDATE_DATA    boolean not null,
    REQUESTS_RECOVERY boolean not null,
    JOB_DATA          longblob,
    constraint pk_qrtz_job_details primary key (SCHED_NAME, JOB_NAME, JOB_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_TRIGGERS (
    SCHED_NAME     varchar(120) not null,
    TRIGGER_NAME   varchar(190) not null,
    TRIGGER_GROUP  varchar(190) not null,
    JOB_NAME       varchar(190) not null,
    JOB_GROUP      varchar(190) not null,
    DESCRIPTION    varchar(250),
    NEXT_FIRE_TIME bigint,
    PREV_FIRE_TIME bigint,
    PRIORITY       integer,
    TRIGGER_STATE  varchar(16) not null,
    TRIGGER_TYPE   varchar(8) not null,
    START_TIME     bigint not null,
    END_TIME       bigint,
    CALENDAR_NAME  varchar(190),
    MISFIRE_INSTR  smallint,
    JOB_DATA       longblob,
    constraint pk_qrtz_triggers primary key (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_SIMPLE_TRIGGERS (
    SCHED_NAME      varchar(120) not null,
    TRIGGER_NAME    varchar(190) not null,
    TRIGGER_GROUP   varchar(190) not null,
    REPEAT_COUNT    bigint not null,
    REPEAT_INTERVAL bigint not null,
    TIMES_TRIGGERED bigint not null,
    constraint pk_qrtz_simple_triggers primary key (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_CRON_TRIGGERS (
    SCHED_NAME      varchar(120) not null,
    TRIGGER_NAME    varchar(190) not null,
    TRIGGER_GROUP   varchar(190) not null,
    CRON_EXPRESSION varchar(500) not null,
    TIME_ZONE_ID    varchar(80),
    constraint pk_qrtz_cron_triggers primary key (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_SIMPROP_TRIGGERS (
    SCHED_NAME    varchar(120) not null,
    TRIGGER_NAME  varchar(190) not null,
    TRIGGER_GROUP varchar(190) not null,
    STR_PROP_1    varchar(512),
    STR_PROP_2    varchar(512),
    STR_PROP_3    varchar(512),
    INT_PROP_1    integer,
    INT_PROP_2    integer,
    LONG_PROP_1   bigint,
    LONG_PROP_2   bigint,
    DEC_PROP_1    numeric(13, 4),
    DEC_PROP_2    numeric(13, 4),
    BOOL_PROP_1   boolean,
    BOOL_PROP_2   boolean,
    constraint pk_qrtz_simprop_triggers primary key (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_BLOB_TRIGGERS (
    SCHED_NAME    varchar(120) not null,
    TRIGGER_NAME  varchar(190) not null,
    TRIGGER_GROUP varchar(190) not null,
    BLOB_DATA     longblob,
    constraint pk_qrtz_blob_triggers primary key (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_CALENDARS (
    SCHED_NAME    varchar(120) not null,
    CALENDAR_NAME varchar(190) not null,
    CALENDAR      longblob not null,
    constraint pk_qrtz_calendars primary key (SCHED_NAME, CALENDAR_NAME)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_PAUSED_TRIGGER_GRPS (
    SCHED_NAME    varchar(120) not null,
    TRIGGER_GROUP varchar(190) not null,
    constraint pk_qrtz_paused_trigger_grps primary key (SCHED_NAME, TRIGGER_GROUP)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_FIRED_TRIGGERS (
    SCHED_NAME        varchar(120) not null,
    ENTRY_ID          varchar(140) not null,
    TRIGGER_NAME      varchar(190) not null,
    TRIGGER_GROUP     varchar(190) not null,
    INSTANCE_NAME     varchar(190) not null,
    FIRED_TIME        bigint not null,
    SCHED_TIME        bigint not null,
    PRIORITY          integer not null,
    STATE             varchar(16) not null,
    JOB_NAME          varchar(190),
    JOB_GROUP         varchar(190),
    IS_NONCONCURRENT  boolean,
    REQUESTS_RECOVERY boolean,
    constraint pk_qrtz_fired_triggers primary key (SCHED_NAME, ENTRY_ID)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_SCHEDULER_STATE (
    SCHED_NAME        varchar(120) not null,
    INSTANCE_NAME     varchar(190) not null,
    LAST_CHECKIN_TIME bigint not null,
    CHECKIN_INTERVAL  bigint not null,
    constraint pk_qrtz_scheduler_state primary key (SCHED_NAME, INSTANCE_NAME)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table QRTZ_LOCKS (
    SCHED_NAME varchar(120) not null,
    LOCK_NAME  varchar(40) not null,
    constraint pk_qrtz_locks primary key (SCHED_NAME, LOCK_NAME)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create index ix_qrtz_triggers_next on QRTZ_TRIGGERS (SCHED_NAME, TRIGGER_STATE, NEXT_FIRE_TIME);
create index ix_qrtz_triggers_job on QRTZ_TRIGGERS (SCHED_NAME, JOB_NAME, JOB_GROUP);
create index ix_qrtz_fired_job on QRTZ_FIRED_TRIGGERS (SCHED_NAME, JOB_NAME, JOB_GROUP);

-- Schedules that were made over REST; those of files stay in their files.
create table schedule (
    schedule_name varchar(190) not null,
    document      longtext not null,
    constraint pk_schedule primary key (schedule_name)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What became of each time that a schedule fired. `run_id` is the id that its run has, or would have had.
create table schedule_firing (
    run_id        varchar(64)  not null,
    schedule_name varchar(190) not null,
    mapping       varchar(255) not null,
    fire_time     datetime(6) not null,
    state         varchar(16)  not null,
    reason        longtext,
    recoverable   boolean      not null,
    interrupted   boolean      not null,
    recoveries    integer      not null,
    constraint pk_schedule_firing primary key (run_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
create index ix_schedule_firing_state on schedule_firing (state, fire_time);
