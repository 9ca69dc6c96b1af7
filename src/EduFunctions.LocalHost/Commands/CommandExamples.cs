namespace EduFunctions.LocalHost.Commands;

/// <summary>A line for each command that does something sensible with the demo's tenants, or with files of one's own.</summary>
internal static class CommandExamples
{
    private const string Run = "--tenant nordhamn --run 20260901T193000Z-0a1b";

    private static readonly IReadOnlyList<string> All =
    [
        "demo --serve",
        "init --from nordhamn tenants/my-town.json",
        "validate --connect tenants/my-town.json",
        "alarms test tenants/my-town.json",
        "survey --tenant tenants/my-town.json --out out",
        "sync --tenants tenants --tenant my-town --dry-run --out out",
        "night",
        "serve --tenants tenants --urls http://127.0.0.1:7072",
        "runs --tenant nordhamn --last 7",
        "acts --tenant nordhamn --last 20",
        "plan --tenant nordhamn --feed apple",
        "explain --tenant nordhamn --person 0046b3f6-ed0a-53bc-a28e-09086b842eb3",
        "list --tenant nordhamn --list findings --language sv",
        "list --tenant nordhamn --list plan --feed apple --kind students --names",
        "held > waiting.txt",
        "approve --file waiting.txt",
        $"refuse {Run} --plan 3f9c2a71",
        $"requeue {Run}",
        $"resend {Run} --dry-run",
        "freeze --tenant nordhamn --feed apple --until 2027-01-10 --what removals",
        "thaw --tenant nordhamn --feed apple",
        $"replay {Run} --date 2027-06-20 --out out",
        $"incident {Run} --out incident",
        "rebaseline --tenant nordhamn --feed apple --dry-run",
        "drift --tenant nordhamn --feed directory",
        "import-log activity.csv --tenant nordhamn --feed apple",
        "verify --tenant nordhamn",
        "purge --tenant nordhamn --dry-run",
        "check --type appleSchoolManager asm.zip",
        "probe --base-url https://register.example.org/v2.0 --bearer-env REGISTER_TOKEN",
    ];

    /// <summary>None for the program as a whole.</summary>
    public static IEnumerable<string> Of(string command) => All.Where(line => line.Split(' ').TakeWhile(word => !word.StartsWith('-')).Contains(command));
}
