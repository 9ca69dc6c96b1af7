using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Nodes that Learn has under the name of a school that tells by now, called otherwise where nothing else may be sent. What Learn has is known by keys alone: what
/// they are called, and what they hang below, what was given last tells.
/// </summary>
internal static class NeutralNodes
{
    public static void Write(FeedInput input, FeedFiles files)
    {
        if (input.Given is not { } given || ((BlackboardSettings)given.Was.Settings).Hierarchy is not { } hierarchy)
        {
            return;
        }

        var (kind, settings) = (LearnObject.Node, (BlackboardSettings)input.Settings);
        var text = settings.CleanText();
        var names = new LearnNodes(given.Was.Roster, hierarchy, text).InOrder().ToDictionary(node => Convert.ToHexString(node.Key), node => node.Name);
        var (row, known) = (new LearnRow(kind, settings, input), new KnownRows(kind, input.Before));
        CsvWriter? rows = null;
        foreach (var (key, parent, name) in new LearnNodes(given.Stays.Roster, hierarchy, text).InOrder())
        {
            while (known.Current is { } before && before.First.SequenceCompareTo(key) < 0)
            {
                known.Next();
            }

            var isOther = names.TryGetValue(Convert.ToHexString(key), out var was) && !was.AsSpan().SequenceEqual(name) && !input.IsTelling(name);
            if (isOther && known.Current is { IsGoing: false } there && there.First.SequenceEqual(key))
            {
                rows ??= LearnFileWriter.Open(
                    files.Create(kind.NeutralFile), settings, [.. kind.Keys.Concat(kind.Values).Select(column => column.Name), .. LearnFileWriter.SourceColumn(settings)]);
                rows.Value(key);
                rows.Value(parent);
                rows.Value(name);
                row.WriteSource(rows, there);
                rows.EndRow();
            }
        }

        rows?.Dispose();
    }
}
