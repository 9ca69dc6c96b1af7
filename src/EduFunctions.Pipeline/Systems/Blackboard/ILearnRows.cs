using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Takes the current rows of an object, in the order of their keys.</summary>
internal interface ILearnRows
{
    /// <summary>Begins a current row; where it is wanted, its values follow, then <see cref="EndRow"/>.</summary>
    bool BeginRow(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out CsvWriter row);

    /// <inheritdoc cref="BeginRow(ReadOnlySpan{byte}, ReadOnlySpan{byte}, out CsvWriter)"/>
    bool BeginRow(EntityId first, ReadOnlySpan<byte> second, out CsvWriter row);

    /// <inheritdoc cref="BeginRow(ReadOnlySpan{byte}, ReadOnlySpan{byte}, out CsvWriter)"/>
    bool BeginRow(EntityId first, EntityId second, out CsvWriter row);

    /// <inheritdoc cref="BeginRow(ReadOnlySpan{byte}, ReadOnlySpan{byte}, out CsvWriter)"/>
    bool BeginRow(EntityId key, out CsvWriter row);

    /// <summary>Begins a row whose key does not name the person whom its values name.</summary>
    bool BeginRowOf(EntityId person, EntityId key, out CsvWriter row);

    void EndRow();

    /// <summary>Whether the row of this person takes the login name of tonight, and not one that is nobody else's.</summary>
    bool TakesLogin(EntityId person) => true;
}
