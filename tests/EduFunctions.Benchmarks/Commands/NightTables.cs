using EduFunctions.Benchmarks.Nights;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary>What nights took, and what of it would be paid for.</summary>
internal static class NightTables
{
    // The sizes of an instance of Azure Functions Flex Consumption.
    private static readonly int[] InstanceMegabytes = [512, 2048, 4096];

    public static void Show(TimedNight night) => Show(("", night));

    /// <summary>Nights beside each other; of several the last over the first.</summary>
    public static void Show(params (string Name, TimedNight Night)[] nights)
    {
        ShowTime(nights);
        ShowStages(nights);
        ShowStorage(nights);
        ShowCost(nights[0].Night);
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

    /// <summary>What the function app's worker adds to the loops of the local host.</summary>
    public static void ShowWorker(string title, TimedNight local, TimedNight worker)
    {
        var table = Tables.New($"{title}, {local.Tenants} tenants, {local.Messages} messages", "", "local loops", "worker", "worker's more");
        table.AddRow("delivered", $"{local.Delivered}", $"{worker.Delivered}", "");
        Add("wall s", night => night.Seconds, "0.0");
        Add("wall ms a message", night => 1000 * night.Seconds / night.Messages, "0");
        Add("cpu ms a message", night => 1000 * night.CpuSeconds / night.Messages, "0");
        Add("cpu ms a message of the host that stands for the platform's", night => 1000 * night.HostCpuSeconds / night.Messages, "0");
        Add("peak MB", night => night.PeakBytes / 1e6, "0");
        AnsiConsole.Write(table);

        void Add(string row, Func<TimedNight, double> figure, string format) =>
            table.AddRow(row, figure(local).ToString(format), figure(worker).ToString(format), (figure(worker) - figure(local)).ToString(format));
    }

    private static void ShowTime((string Name, TimedNight Night)[] nights)
    {
        var table = Table("Time and memory", nights);
        Add(table, nights, "tenants", night => night.Tenants, "0");
        Add(table, nights, "delivered", night => night.Delivered, "0");
        Add(table, nights, "wall s", night => night.Seconds, "0.0");
        Add(table, nights, "wall s per tenant", night => night.Seconds / night.Tenants, "0.00");
        Add(table, nights, "cpu s per tenant", night => night.CpuSeconds / night.Tenants, "0.00");
        Add(table, nights, "peak MB of the process", night => night.PeakBytes / 1e6, "0");
        AnsiConsole.Write(table);
    }

    private static void ShowStages((string Name, TimedNight Night)[] nights)
    {
        var table = Table("A call, wall s on average", nights);
        foreach (var name in nights.SelectMany(each => each.Night.Calls).Select(call => call.Name).Distinct())
        {
            Add(table, nights, name, night => night.Calls.Where(call => call.Name == name).Select(call => call.Ended - call.Begun).DefaultIfEmpty().Average(), "0.00");
        }

        AnsiConsole.Write(table);
    }

    private static void ShowStorage((string Name, TimedNight Night)[] nights)
    {
        var table = Table("Storage transactions per tenant", nights);
        PerTenant("reads", night => night.Storage!.Reads);
        PerTenant("writes", night => night.Storage!.Writes);
        PerTenant("lists", night => night.Storage!.Lists);
        PerTenant("leases, deletes", night => night.Storage!.Others);
        PerTenant("queue", night => night.Storage!.Queue);
        PerTenant("all", night => night.Storage!.Total);
        PerTenant("pages P", night => night.Pages);
        PerTenant("MB from the source", night => night.SourceBytes / 1e6, "0.00");
        PerTenant("MB to the target", night => night.FeedBytes / 1e6, "0.00");
        PerTenant("MB to storage", night => night.Storage!.BytesUp / 1e6, "0.00");
        PerTenant("MB from storage", night => night.Storage!.BytesDown / 1e6, "0.00");
        AnsiConsole.Write(table);

        void PerTenant(string row, Func<TimedNight, double> figure, string format = "0.0") => Add(table, nights, row, night => figure(night) / night.Tenants, format);
    }

    private static void ShowCost(TimedNight night)
    {
        var instance = InstanceMegabytes.FirstOrDefault(size => night.PeakBytes <= size * 1024L * 1024, InstanceMegabytes[^1]);
        var table = Tables.New("What is paid for, per tenant", "", "");
        table.AddRow("instance MB", $"{instance}");
        table.AddRow("GB-seconds", $"{instance / 1024.0 * night.Seconds / night.Tenants:0.00}");
        AnsiConsole.Write(table);
    }

    private static Table Table(string title, (string Name, TimedNight Night)[] nights) =>
        Tables.New(title, ["", .. nights.Select(night => night.Name), .. nights.Length > 1 ? ["ratio"] : Array.Empty<string>()]);

    private static void Add(Table table, (string Name, TimedNight Night)[] nights, string row, Func<TimedNight, double> figure, string format)
    {
        var figures = nights.Select(each => figure(each.Night)).ToList();
        var ratio = figures.Count < 2 ? Array.Empty<string>() : figures[0] == 0 ? [""] : [$"{figures[^1] / figures[0]:0.00}"];
        table.AddRow([row, .. figures.Select(each => each.ToString(format)), .. ratio]);
    }
}
