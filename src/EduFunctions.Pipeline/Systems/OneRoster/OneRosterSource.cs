using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Files in the OneRoster 1.2 CSV form that somebody puts into a folder, here or on a server: the seven that a roster needs, with everything in them.</summary>
public sealed class OneRosterSource(CallLimits limits) : ISource, IConnectionTest
{
    private const int MostTold = 20;

    public string Type => "oneRosterCsv";

    public Type Settings => typeof(OneRosterSettings);

    public string OnlyANightTells => "the files will be whole and new on each night";

    public RuleBook Rules => OneRosterRules.Book;

    public IReadOnlyList<FindingKind> Findings => OneRosterSourceFindings.All;

    public string PageExtension => "csv.gz";

    public Vocabularies MakeVocabularies() => OneRosterVocabularies.Make();

    /// <summary>All files at once: each is a collection of one page, and they belong together.</summary>
    [Told]
    public async Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct)
    {
        var settings = (OneRosterSettings)pull.Tenant.Source;
        var path = settings.Place;
        using var package = await CsvPackage.OpenAsync(settings, limits, ct);
        var state = package.State;
        var check = CheckManifest(package, settings);
        foreach (var file in CsvForm.Files)
        {
            await StoreAsync(package, file, check, snapshot, ct);
        }

        await DemographicMarkings.StoreAsync(package, check, snapshot, ct);
        if (check.Errors.Where(error => error.IsFatal).ToList() is { Count: > 0 } fatal)
        {
            throw new RunHeldException(
                $"The files at {path} cannot be read as OneRoster {CsvForm.Version}, so nothing is handed on: "
                + $"{string.Join("; ", [.. fatal.Take(MostTold).Select(error => error.ToString()), .. fatal.Count > MostTold ? [$"and {fatal.Count - MostTold} more"] : Array.Empty<string>()])}. "
                + "Have the sender correct them; validate --connect names every error.");
        }

        if (package.State != state)
        {
            throw new RunHeldException($"The files at {path} were written while they were read. Run again when the sender has finished.");
        }

        await LostReferences.StoreAsync(check.Dangling, Type, snapshot, ct);
        return true;
    }

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) => OneRosterReader.ReadAsync(snapshot, options, ct);

    public Task<SourceData> ReadUnitsAsync(Snapshot snapshot, CancellationToken ct) => OneRosterReader.ReadUnitsAsync(snapshot, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) =>
        ProtectedUsers.ReadAsync(snapshot, data.ProtectedIds, data, ct);

    public Task ReadPeopleAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct) =>
        ProtectedUsers.ReadAsync(snapshot, people, data, ct);

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var (package, problem) = await TryOpenAsync((OneRosterSettings)settings, ct);
        if (package is null)
        {
            yield return new ConnectionCheck("path", problem);
            yield break;
        }

        using (package)
        {
            var check = CheckManifest(package, (OneRosterSettings)settings);
            foreach (var file in CsvForm.Files)
            {
                await Task.Run(() => Check(package, file, check), ct);
            }

            foreach (var name in CsvForm.Files.Select(file => file.Name).Prepend(CsvManifest.Name))
            {
                var errors = check.Errors.Where(error => error.File == name).ToList();
                yield return new ConnectionCheck($"{name}.csv", errors.Count == 0 ? null : string.Join(Environment.NewLine, errors));
            }
        }
    }

    private async Task<(CsvPackage? Package, string? Problem)> TryOpenAsync(OneRosterSettings settings, CancellationToken ct)
    {
        try
        {
            return (await CsvPackage.OpenAsync(settings, limits, ct), null);
        }
        catch (Exception e) when (e is RunHeldException or IOException or TimeoutException)
        {
            return (null, e.Message);
        }
    }

    private static CsvCheck CheckManifest(CsvPackage package, OneRosterSettings settings)
    {
        var check = new CsvCheck(new OwnWords(settings.OwnWords));
        try
        {
            using var manifest = package.Open(CsvManifest.Name);
            (manifest is null ? [Missing(CsvManifest.Name)] : CsvManifest.Errors(manifest)).ToList().ForEach(check.Add);
        }
        catch (Exception e) when (ErrorOf(CsvManifest.Name, e) is { } error)
        {
            check.Add(error);
        }

        return check;
    }

    /// <summary>What is wrong with a file that cannot be read; null for what has another cause.</summary>
    [Told]
    private static CsvError? ErrorOf(string name, Exception e) =>
        e is CsvFileException file ? file.Error : e is InvalidDataException ? new CsvError(name, 0, "", "cannot be unpacked", IsFatal: true) : null;

    private static void Check(CsvPackage package, CsvFile file, CsvCheck check)
    {
        try
        {
            using var content = package.Open(file.Name);
            if (content is null)
            {
                check.Add(Missing(file.Name));
            }
            else
            {
                check.Read(file, content);
            }
        }
        catch (Exception e) when (ErrorOf(file.Name, e) is { } error)
        {
            check.Add(error);
        }
    }

    /// <summary>What is checked is what is stored.</summary>
    private static async Task StoreAsync(CsvPackage package, CsvFile file, CsvCheck check, SnapshotWriter snapshot, CancellationToken ct)
    {
        try
        {
            await using var content = package.Open(file.Name);
            if (content is null)
            {
                check.Add(Missing(file.Name));
                return;
            }

            using var page = new SpooledPage();
            await content.CopyToAsync(page.Input, ct);
            await using var whole = page.Open();
            var rows = check.Read(file, whole);
            var (stored, gzipped) = page.Store(rows);
            snapshot.Restart(file.Name);
            await snapshot.AddAsync(file.Name, stored, gzipped, ct);
        }
        catch (Exception e) when (ErrorOf(file.Name, e) is { } error)
        {
            check.Add(error);
        }
    }

    [Told]
    private static CsvError Missing(string name) => new(name, 0, "", "is not there", IsFatal: true);
}
