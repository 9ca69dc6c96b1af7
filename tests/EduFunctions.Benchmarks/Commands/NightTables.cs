using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Nights;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary>What a night took, and what of it would be paid for.</summary>
internal static class NightTables
{
    // The sizes of an instance of Azure Functions Flex Consumption.
    private static readonly int[] InstanceMegabytes = [512, 2048, 4096];

    public static void Show(TimedNight night, Measurement process)
    {
        ShowTime(night, process);
        ShowStorage(night);
        ShowCost(night, process);
    }

    /// <summary>What neighbours that never answer cost the others.</summary>
    public static void Show(TimedNight alone, TimedNight beside, int dead)
    {
        var table = Tables.New($"{alone.Tenants} tenants, alone and beside {dead} dead ones", "", "alone", "beside");
        table.AddRow("delivered", $"{alone.Delivered}", $"{beside.Delivered}");
        table.AddRow("wall s until the last of them", $"{alone.Seconds:0.0}", $"{beside.Seconds:0.0}");
        table.AddRow("of the time alone", "1.00", $"{beside.Seconds / alone.Seconds:0.00}");
        AnsiConsole.Write(table);
    }

    private static void ShowTime(TimedNight night, Measurement process)
    {
        var table = Tables.New($"{night.Tenants} tenants, {night.Delivered} delivered", "", "");
        table.AddRow("wall s", $"{night.Seconds:0.0}");
        table.AddRow("wall s per tenant", $"{night.Seconds / night.Tenants:0.00}");
        table.AddRow("cpu s per tenant", $"{process.Cpu.TotalSeconds / night.Tenants:0.00}");
        table.AddRow("peak MB of the process", $"{process.PeakMegabytes:0}");
        AnsiConsole.Write(table);
    }

    private static void ShowStorage(TimedNight night)
    {
        var pages = (double)night.Pages / night.Tenants;
        var table = Tables.New("Storage transactions per tenant", "", "");
        table.AddRow("reads", PerTenant(night.Storage.Reads));
        table.AddRow("writes", PerTenant(night.Storage.Writes));
        table.AddRow("lists", PerTenant(night.Storage.Lists));
        table.AddRow("leases, deletes", PerTenant(night.Storage.Others));
        table.AddRow("queue", PerTenant(night.Storage.Queue));
        table.AddRow("all", PerTenant(night.Storage.Total));
        table.AddRow("pages P", $"{pages:0.0}");
        table.AddRow("bound 2·P + 66", $"{(2 * pages) + 66:0.0}");
        AnsiConsole.Write(table);

        string PerTenant(long count) => $"{(double)count / night.Tenants:0.0}";
    }

    private static void ShowCost(TimedNight night, Measurement process)
    {
        var instance = InstanceMegabytes.FirstOrDefault(size => process.PeakBytes <= size * 1024L * 1024, InstanceMegabytes[^1]);
        var table = Tables.New("What is paid for, per tenant", "", "");
        table.AddRow("instance MB", $"{instance}");
        table.AddRow("GB-seconds", $"{instance / 1024.0 * night.Seconds / night.Tenants:0.00}");
        table.AddRow("MB from the source", Megabytes(night.SourceBytes));
        table.AddRow("MB to the target", Megabytes(night.FeedBytes));
        table.AddRow("MB to storage", Megabytes(night.Storage.BytesUp));
        table.AddRow("MB from storage", Megabytes(night.Storage.BytesDown));
        AnsiConsole.Write(table);

        string Megabytes(long bytes) => $"{bytes / 1e6 / night.Tenants:0.00}";
    }
}
