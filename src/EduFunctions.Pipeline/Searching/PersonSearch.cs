using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Searching;

/// <summary>
/// Finds people by what others know of them, in the answers that the latest run with decisions is made of. Of the question nothing is kept but who was shown to
/// whom. Protected persons are left out before anything is counted, unless whoever asks may find them: every other answer is made in the same steps whether or
/// not there is one.
/// </summary>
public sealed class PersonSearch(
    BlobStorage blobs, Catalog<ISource> sources, TenantStore tenants, People people, HiddenPersons hidden, ActLog acts)
{
    // A whole register is read for it: one after the other, so that many who ask take no more memory than one.
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Whether anybody could be meant by it.</summary>
    public static bool IsQuestion(string text) => PersonQuestion.IsQuestion(text);

    /// <param name="by">Who asks: it goes on record first, with the ids that are answered.</param>
    /// <returns>Null where no answers of the register are kept, or who is protected cannot be told.</returns>
    public async Task<FoundPeople?> FindAsync(string tenant, string question, Asker by, bool mayFindProtected, CancellationToken ct)
    {
        await Turn.WaitAsync(ct);
        try
        {
            var found = await TrySearchAsync(tenant, question, mayFindProtected, ct);
            await acts.WriteAsync(
                new Act { Tenant = tenant, Kind = ActKind.Find, By = by.Name, Reason = by.Reason, People = [.. (found?.People ?? []).Select(person => person.Id)] }, ct);
            return found;
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Of answers that cannot be read any more there is no answer.</summary>
    private async Task<FoundPeople?> TrySearchAsync(string tenant, string question, bool mayFindProtected, CancellationToken ct)
    {
        try
        {
            return await SearchAsync(tenant, question, mayFindProtected, ct);
        }
        catch (Exception e) when (e is RunHeldException || RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    private async Task<FoundPeople?> SearchAsync(string tenant, string question, bool mayFindProtected, CancellationToken ct)
    {
        if (await people.FindLatestAsync(tenant, before: null, ct) is not { Run: var run }
            || await Snapshot.FindAsync(blobs, tenant, run, ct) is not { } snapshot
            || await hidden.FindAsync(tenant, run, ct) is not { } those)
        {
            return null;
        }

        var settings = Deciding.ReadOptionsOf(await tenants.ReadSettingsAsync(tenant, ct)) with { MaxNotUnderstoodPercent = 100 };
        var data = await sources[snapshot.Manifest.Source].ReadAsync(snapshot, settings, ct);
        those.UnionWith(data.ProtectedIds);
        var rows = Rows(data, question).Where(row => mayFindProtected || !those.Contains(data.Persons.Id(row))).ToList();
        var schools = new SchoolNames(data, new RowScan(await ValuesAsync(tenant, run, ct)), rows);
        var found = rows.Select(row => new FoundPerson(data.Persons.Id(row).ToString(), NameOf(data, row), schools.Of(row)));
        var sorted = found.OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id, StringComparer.Ordinal).ToList();
        return new FoundPeople(run, [.. sorted.Take(FoundPeople.Most)], sorted.Count > FoundPeople.Most);
    }

    private static List<int> Rows(SourceData data, string text)
    {
        var (question, rows) = (new PersonQuestion(text, data), new List<int>());
        for (var row = 0; row < data.Persons.Count && PersonQuestion.IsQuestion(text); row++)
        {
            if (data.Persons.IsCurrent(row) && question.IsAnsweredBy(row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private async Task<ProtectedValues> ValuesAsync(string tenant, string run, CancellationToken ct)
    {
        await using var values = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(tenant, run), ct);
        return values is null ? ProtectedValues.None : await ProtectedValuesFile.ReadAsync(values, ct);
    }

    private static string NameOf(SourceData data, int row)
    {
        var texts = data.Persons[row].Texts;
        return string.Join(' ', new[] { texts.GivenName, texts.FamilyName }.Select(name => data.Texts.ToString(name)).Where(name => name.Length > 0));
    }
}
