using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Blackboard Learn's snapshot flat files: one per object, each with what is current and what is gone (docs/feeds/blackboard.md).</summary>
public sealed class BlackboardFeed : IFeedWithMemory
{
    public string Type => "blackboard";

    public Type Settings => typeof(BlackboardSettings);

    public string LoginSetting => "userId";

    public IReadOnlyList<FindingKind> Findings => BlackboardFindings.All;

    public IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings) =>
        BlackboardState.After(before, sent, (BlackboardSettings)settings);

    public IReadOnlyList<KnownFile> KnownAfterLeaving(IReadOnlyList<KnownFile> before, SentFiles sent) => BlackboardState.AfterLeaving(before, sent);

    public bool IsAllGone(SentFiles sent) =>
        sent.Progress.Values.All(file => file.IsConfirmed() || IsGone(file, LearnObject.OfFile(file.Name), sent));

    private static bool IsGone(FileProgress file, LearnObject kind, SentFiles sent) =>
        (file.Name == kind.DeleteFile && LearnMove.IsPurged(kind, sent)) || (file.Name == kind.DoubtedDeleteFile && LearnMove.IsWorkedThrough(file));

    public bool AsksWhatWasGiven(KnownFiles before) => before.Names.Any(name => LearnObject.OfFile(name) == LearnObject.Node);

    /// <summary>A refresh with the same file changes nothing; a store repeats what somebody may have changed in Learn by hand.</summary>
    public bool TargetKeepsState(FeedSettings settings) => LearnObject.All.Where(kind => !kind.IsSentOnce).All(
        kind => ((BlackboardSettings)settings).OperationOf(kind) is BlackboardSettings.Refresh or BlackboardSettings.RefreshByDataSource);

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => new TypedTable(LearnObject.Columns);

    public IEnumerable<string> OwnWords(FeedSettings settings)
    {
        var (own, roles) = ((BlackboardSettings)settings, ((BlackboardSettings)settings).InstitutionRoles);
        return
        [
            .. LearnObject.Columns.Titles, "enabled", "disabled", "deleted", "none", roles.Teacher, roles.Staff, roles.Student, roles.Guardian,
            .. own.SecondaryRoles?.Values.SelectMany(names => names) ?? [], .. own.DataSourceKey is { } key ? [key] : Array.Empty<string>(),
        ];
    }

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) =>
        new BlackboardChoice(roster, (BlackboardSettings)settings, holders).Choose();

    public void AddParts(FeedParts parts, FeedSettings settings) => LearnParts.Add(parts, (BlackboardSettings)settings);

    public void Render(FeedInput input, FeedFiles files)
    {
        var (settings, content, renames) = ((BlackboardSettings)input.Settings, new BlackboardContent(input), LearnRenames.Of(input));
        using var rekeyed = renames.Rekeyed(input.Before);
        var before = rekeyed ?? input.Before;
        var rows = content.InOrder;
        var (formerKeys, leavers) = (new FormerKeys(input, renames), new Leavers(input.Roster));
        var clashes = HasLogins(settings) ? LoginClashes.Of(input, before, renames, content.UserIds()) : LoginClashes.None;
        KeepRenewed(leavers, content, settings, before);
        WriteMoved(rows, input, before, renames, clashes, files);
        WriteMovedAgain(rows, input, formerKeys, files);
        var deleted = new Stack<(string File, MemoryStream Keys)>();
        WriteAside(content, input, before, leavers, renames, clashes, files);
        WriteFirst(content, settings, before, files, input.IsTotal);
        foreach (var (kind, write) in rows)
        {
            using var gone = new GoneRows(kind, settings, formerKeys, new KeysOnly(kind, leavers, input), input, before, files);
            using var writer = new ObjectWriter(kind, settings, new KnownRows(kind, before), leavers, renames, formerKeys, input, files, gone, input.IsTotal);
            write(writer);
            deleted.Push((kind.DeleteFile, writer.Finish()));
            deleted.Push((kind.FormerDeleteFile, writer.Former()));
            deleted.Push((kind.DoubtedDeleteFile, writer.Doubted()));
            deleted.Push((kind.AgainFile, gone.Again()));
        }

        WriteDeleted(deleted, files);
        formerKeys.Keep(settings, files);
        clashes.Keep(settings, files, person => !leavers.Has(person));
    }

    /// <summary>What was renamed before, for a Learn that nobody knows.</summary>
    private static void WriteMovedAgain(IReadOnlyList<(LearnObject Kind, Action<ILearnRows> Write)> rows, FeedInput input, FormerKeys formerKeys, FeedFiles files)
    {
        foreach (var (kind, write) in rows.Where(each => input.IsTotal && (each.Kind == LearnObject.Person || each.Kind == LearnObject.UserAssociation)))
        {
            using var moved = new FormerKeyWriter(kind, (BlackboardSettings)input.Settings, formerKeys, files);
            moved.Write(write);
        }
    }

    /// <summary>What is to have another key or data source, and what Learn may have had before.</summary>
    private static void WriteMoved(
        IReadOnlyList<(LearnObject Kind, Action<ILearnRows> Write)> rows, FeedInput input, KnownFiles before, LearnRenames renames, LoginClashes clashes, FeedFiles files)
    {
        var settings = (BlackboardSettings)input.Settings;
        foreach (var (kind, write) in rows.Where(each => IsOpen(each.Kind, input.Before)
            || MovedWriter.IsNeeded(each.Kind, settings, new KnownRows(each.Kind, before), renames)))
        {
            using var moved = new MovedWriter(kind, settings, new KnownRows(kind, before), renames, clashes, files);
            write(moved);
        }

        foreach (var (kind, write) in rows.Where(each => renames.AnyAgain && renames.Concern(each.Kind)))
        {
            using var moved = new MovedWriter(kind, settings, new KnownRows(kind, before), renames, clashes, files, isAgain: true);
            write(moved);
        }

        foreach (var kind in LearnObject.All.Where(kind => files.Names.Contains(kind.MovedFile) || (renames.Any && kind.NamesPersons)))
        {
            MovingRows.Keep(kind, settings, new KnownRows(kind, before), renames, files);
        }
    }

    /// <summary>
    /// Who answers for somebody protected and goes on under another id leaves nobody: the name is handed out tonight as it was, and the old record has to give it
    /// up for that.
    /// </summary>
    private static void KeepRenewed(Leavers leavers, BlackboardContent content, BlackboardSettings settings, KnownFiles before)
    {
        if (!HasLogins(settings) || !leavers.HasCompanions)
        {
            return;
        }

        var wanted = content.UserIds();
        for (var known = new KnownRows(LearnObject.Person, before); known.Current is { } row; known.Next())
        {
            if (EntityId.TryFind(row.First, out var id) && leavers.IsCompanion(id) && LoginClashes.HashOf(row) is { } login && wanted.ContainsKey(login))
            {
                leavers.Remove(id);
            }
        }
    }

    private static bool HasLogins(BlackboardSettings settings) =>
        settings.UserId != BlackboardSettings.OwnId && settings.OperationOf(LearnObject.Person) != BlackboardSettings.Delete;

    /// <summary>Whoever has a login name that somebody else is to have gets one of their own before. An id is nobody else's.</summary>
    private static void WriteAside(BlackboardContent content, FeedInput input, KnownFiles before, Leavers leavers, LearnRenames renames, LoginClashes clashes, FeedFiles files)
    {
        var settings = (BlackboardSettings)input.Settings;
        if (HasLogins(settings))
        {
            var keysOnly = new KeysOnly(LearnObject.Person, leavers, input);
            using var rows = new AsideWriter(settings, before, content.UserIds(), keysOnly, renames, clashes, files, input is { IsTotal: true, KeepsLeavers: false });
            content.WriteAside(rows);
        }
    }

    private static bool IsOpen(LearnObject kind, KnownFiles before) => before.Names.Contains(kind.MovedFile) && !before.IsConfirmed(kind.MovedFile);

    /// <summary>What others need before the files in which it stands among them.</summary>
    private static void WriteFirst(BlackboardContent content, BlackboardSettings settings, KnownFiles before, FeedFiles files, bool isTotal)
    {
        content.WriteFirstNode(new KnownRows(LearnObject.Node, before), files, isTotal || before.Names.Any(name => LearnObject.OfFile(name) == LearnObject.Node && !before.IsConfirmed(name)));
        if (settings.InitialPassword is not null && settings.OperationOf(LearnObject.Person) != BlackboardSettings.Delete)
        {
            using var persons = new NewPersonWriter(settings, new KnownRows(LearnObject.Person, before), files);
            content.WriteNewPersons(persons);
        }
    }

    /// <summary>What refers to others leaves before them.</summary>
    private static void WriteDeleted(Stack<(string File, MemoryStream Keys)> deleted, FeedFiles files)
    {
        foreach (var (file, keys) in deleted.Where(file => file.Keys.Length > 0))
        {
            keys.WriteTo(files.Create(file));
        }
    }

    /// <summary>By the keys that Learn may have; where those are lost, of everybody who has to go.</summary>
    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
        var settings = (BlackboardSettings)input.Settings;
        var (leavers, renames) = (new Leavers(input.Roster), LearnRenames.Of(input));
        var formerKeys = new FormerKeys(input, renames);
        using var rekeyed = renames.Rekeyed(input.Before);
        var deletes = new Stack<(string File, MemoryStream Keys)>();
        foreach (var kind in LearnObject.All)
        {
            var known = new KnownRows(kind, rekeyed ?? input.Before);
            using var gone = new GoneRows(kind, settings, formerKeys, new KeysOnly(kind, leavers, input), input, rekeyed ?? input.Before, files);
            using var rows = new ObjectWriter(kind, settings, known, leavers, renames, formerKeys, input, files, gone);
            var isLost = kind == LearnObject.Person && !input.Before.Names.Any(name => LearnObject.OfFile(name) == kind);
            deletes.Push((kind.DeleteFile, isLost ? rows.DeleteAll(leavers.InOrder) : rows.Leave()));
            deletes.Push((kind.FormerDeleteFile, rows.Former()));
            deletes.Push((kind.DoubtedDeleteFile, rows.Doubted()));
        }

        NeutralNodes.Write(input, files);
        WriteDeleted(deletes, files);
    }

    /// <summary>Learn deletes by key: the only place where somebody who became protected is named.</summary>
    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) => LearnObject.IsDeleteFile(file);

    public IEnumerable<FeedRow> Rows(string file, Stream content) => BlackboardRows.Read(file, content);

    /// <summary>Learn disables users and courses by whatever operation; it deletes neither.</summary>
    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsRenamed == 0 ? Array.Empty<string>() : [$"{changes.PersonsRenamed} users are renamed: they get their new ids, and keep their courses, grades and files."],
        .. Added(changes) == 0 ? Array.Empty<string>() : [$"{Added(changes)} users are created, or enabled where Learn still has them."],
        .. Removed(changes) == 0 ? Array.Empty<string>() : [$"{Removed(changes)} users are disabled; what they have done stays."],
        .. changes.SectionsAdded == 0 ? Array.Empty<string>() : [$"{changes.SectionsAdded} courses are created, or enabled where Learn still has them."],
        .. changes.SectionsRemoved == 0 ? Array.Empty<string>() : [$"{changes.SectionsRemoved} courses are disabled; nobody can enter them."],
    ];

    private static int Added(FeedChanges changes) => Math.Max(0, changes.PersonsAdded - changes.PersonsRenamed);

    private static int Removed(FeedChanges changes) => Math.Max(0, changes.PersonsRemoved - changes.PersonsRenamed);

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => FeedCheck.Errors(new BlackboardCheck(), files);
}
