using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Unilogin's import: a document per institution with everybody, or with what has changed since (docs/feeds/unilogin-import.md). A draft contract.</summary>
public sealed class UniloginImportFeed : IFeedWithMemory
{
    private static readonly TypedColumns Elements = new(
        ["InstitutionName", "GroupName", "FirstName", "FamilyName", "EmailAddress", "AliasFirstName", "AliasFamilyName"],
        ["InstitutionNumber", "GroupId", "LocalPersonId", "MainGroupId", "CivilRegistrationNumber"],
        ["GroupType", "GroupLevel", "Level", "Role"]);

    public string Type => "uniloginImport";

    public Type Settings => typeof(UniloginImportSettings);

    public IReadOnlyList<FindingKind> Findings => ImportFindings.All;

    [Told]
    public string? Caveat => "Draft contract: the WSDL of wsaIMPORT is not public, so the document's namespace, codes and the form of answers are yet to be confirmed.";

    /// <summary>Files say what has changed, so there are none when nothing has.</summary>
    public bool TargetKeepsState(FeedSettings settings) => false;

    public IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings) => ImportState.After(before, sent);

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => new TypedXml(Elements);

    public IEnumerable<string> OwnWords(FeedSettings settings) => [.. Elements.Titles, ((UniloginImportSettings)settings).Source];

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) => ImportChoice.Of(roster, (UniloginImportSettings)settings, holders);

    public void AddParts(FeedParts parts, FeedSettings settings)
    {
        var import = (UniloginImportSettings)settings;
        parts.Add("contactPersons", import.ContactPersons is not null, () => parts.Guardians)
            .AddValue("localPersonId", import.LocalPersonId, () => parts.Persons).AddValue("source", import.Source, () => parts.Persons);
    }

    public void Render(FeedInput input, FeedFiles files) => Write(input, files, institution => institution.Write());

    /// <summary>By the local ids that the institutions were told.</summary>
    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
        var leavers = new Leavers(input.Roster);
        Write(input, files, institution => institution.WriteLeaving(leavers));
    }

    private static void Write(FeedInput input, FeedFiles files, Action<InstitutionWriter> write)
    {
        var content = new ImportContent(input.Roster, (UniloginImportSettings)input.Settings, new Holders(input.Selection.Values), input.Selection.Persons);
        var numbers = content.Institutions.Numbers.Union(input.Before.Names.Select(name => ImportFile.Parse(name).Institution));
        foreach (var number in numbers.Order(StringComparer.Ordinal))
        {
            write(new InstitutionWriter(number, content, input, files));
        }
    }

    public IEnumerable<FeedRow> Rows(string file, Stream content) => ImportRows.Read(ImportFile.Parse(file), content);

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => FeedCheck.Errors(new ImportCheck(), files);

    /// <summary>Users are deleted by id: the only place where somebody who became protected is named.</summary>
    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) => file.EndsWith(ImportFile.SletEnding, StringComparison.Ordinal);

    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} people get a user, at once."],
        .. changes.PersonsRemoved == 0 ? Array.Empty<string>() : [$"{changes.PersonsRemoved} people lose their user at the institution, and what it opens."],
    ];
}
