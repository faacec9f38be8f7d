import java.util.List;

/** A department: its weight, the group its people are in, and what they may be called. */
record Department(String name, int weight, String group, List<String> titles) {

    static final List<Department> ALL = List.of(
            new Department("Manufacturing", 24, "mfg", List.of("Operator", "Shift Planner", "Toolmaker", "Engineer, Process")),
            new Department("Engineering", 20, "eng", List.of("Engineer", "Senior Engineer", "Engineer, Embedded Systems", "Tester")),
            new Department("Sales", 14, "sales", List.of("Account Executive", "Sales Engineer", "Key Account \"Rail & Sea\"")),
            new Department("Customer Support", 12, "support", List.of("Support Agent", "Senior Support Agent", "Field Technician")),
            new Department("Logistics", 8, "log", List.of("Dispatcher", "Warehouse Clerk", "Customs Specialist")),
            new Department("IT Operations", 6, "it", List.of("Administrator", "Service Desk Agent", "Network Engineer")),
            new Department("Finance", 5, "fin", List.of("Accountant", "Controller", "Payroll Specialist")),
            new Department("Research, Design & Labs", 5, "lab", List.of("Scientist", "Designer", "Lab Assistant")),
            new Department("Marketing", 3, "mkt", List.of("Campaign Planner", "Writer")),
            new Department("People & Culture", 2, "hr", List.of("Recruiter", "HR Partner")),
            new Department("Legal", 1, "legal", List.of("Counsel", "Paralegal")));
}
