using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.Blackboard;

/// <summary>Blackboard Learn's snapshot flat files: one per object, each with what is current and what is gone (docs/feeds/blackboard.md).</summary>
public sealed class BlackboardFeed : IFeed
{
    public string Type => "blackboard";

    public Type Settings => typeof(BlackboardSettings);

    public bool ReadsBefore => true;

    public IReadOnlyList<HeldFile> Held(IReadOnlyList<HeldFile> before, SentFiles sent, FeedSettings settings) =>
        BlackboardState.After(before, sent, (BlackboardSettings)settings);

    /// <summary>A login name stays with whoever has it.</summary>
    public bool ChoosesBy(string file) => file == SnapshotObject.Person.File || file == SnapshotObject.Person.HeldFile;

    /// <summary>A refresh with the same file changes nothing; a store repeats what somebody may have changed in Learn by hand.</summary>
    public bool TargetKeepsState(FeedSettings settings) => SnapshotObject.All.All(
        kind => ((BlackboardSettings)settings).OperationOf(kind) is BlackboardSettings.Refresh or BlackboardSettings.RefreshByDataSource);

    public FeedSelection Choose(Roster roster, FeedSettings settings, HeldFiles before) =>
        new BlackboardChoice(roster, (BlackboardSettings)settings, before).Choose();

    public void Render(FeedInput input, FeedFiles files)
    {
        var settings = (BlackboardSettings)input.Settings;
        var content = new BlackboardContent(input);
        if (settings.InitialPassword is not null && settings.OperationOf(SnapshotObject.Person) != BlackboardSettings.Delete)
        {
            using var rows = new NewPersonWriter(settings, new HeldRows(SnapshotObject.Person, input.Before), files);
            content.WriteNewPersons(rows);
        }

        Action<ObjectWriter>[] writes =
            [content.WritePersons, content.WriteSecondaryRoles, content.WriteCourses, content.WriteMemberships, content.WriteObservers];
        var deleted = new MemoryStream[writes.Length];
        for (var kind = 0; kind < writes.Length; kind++)
        {
            var held = new HeldRows(SnapshotObject.All[kind], input.Before);
            using var rows = new ObjectWriter(SnapshotObject.All[kind], settings, held, input.Roster.Protected, files);
            writes[kind](rows);
            deleted[kind] = rows.Finish();
        }

        // What refers to people leaves before them.
        for (var kind = deleted.Length - 1; kind >= 0; kind--)
        {
            if (deleted[kind].Length > 0)
            {
                deleted[kind].WriteTo(files.Create(SnapshotObject.All[kind].DeleteFile));
            }
        }
    }

    /// <summary>Learn deletes by key: the only place where somebody who became protected is named.</summary>
    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) => SnapshotObject.All.Any(kind => kind.DeleteFile == file);

    public IEnumerable<FeedRow> Rows(string file, Stream content) => BlackboardRows.Read(file, content);

    /// <summary>Learn disables users and courses by whatever operation; it deletes neither.</summary>
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} users are created, or enabled where Learn still has them."],
        .. changes.PersonsRemoved == 0 ? Array.Empty<string>() : [$"{changes.PersonsRemoved} users are disabled; what they have done stays."],
        .. changes.SectionsAdded == 0 ? Array.Empty<string>() : [$"{changes.SectionsAdded} courses are created, or enabled where Learn still has them."],
        .. changes.SectionsRemoved == 0 ? Array.Empty<string>() : [$"{changes.SectionsRemoved} courses are disabled; nobody can enter them."],
    ];

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => new BlackboardCheck(files).Errors();
}
