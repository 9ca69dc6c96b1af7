using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Writes the people whom Learn cannot have yet with their first password, in a file of their own: an empty password in the others' rows
/// might be taken for one.
/// </summary>
internal sealed class NewPersonWriter(BlackboardSettings settings, KnownRows known, FeedFiles files) : IDisposable
{
    private readonly byte[] _password = Encoding.UTF8.GetBytes(settings.InitialPassword!.Reveal());
    private readonly byte[] _enabled = LearnFileWriter.End(LearnObject.Person, settings);
    private readonly byte[] _key = new byte[EntityId.LongestText];
    private CsvWriter? _rows;

    /// <summary>Begins the row of a person who is new; the values follow, then <see cref="EndRow"/>.</summary>
    public bool BeginRow(EntityId person, out CsvWriter row)
    {
        var key = _key.AsSpan(0, person.Format(_key));
        var order = 1;
        while (known.Current is { } before && (order = before.CompareTo(key, default)) < 0)
        {
            known.Next();
        }

        var isNew = known.Current is null || order != 0;
        row = isNew ? Rows() : null!;
        row?.Value(key);
        return isNew;
    }

    public void EndRow()
    {
        _rows!.Value(_password);
        _rows.Joined(_enabled);
        _rows.EndRow();
    }

    public void Dispose() => _rows?.Dispose();

    private CsvWriter Rows() => _rows ??= LearnFileWriter.Open(
        files.Create(LearnObject.Person.NewFile), settings,
        [
            .. LearnObject.Person.Keys.Concat(LearnObject.Person.Values).Select(column => column.Name),
            LearnObject.Password, LearnObject.RowStatus, .. LearnFileWriter.SourceColumn(settings),
        ]);
}
