using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>What is wrong with a row.</summary>
/// <param name="Field">Place of the value, from 0; -1 for the row as a whole.</param>
/// <param name="Column">What is called so.</param>
internal readonly record struct RowFault(TargetRule Rule, int Field, string Column);

/// <summary>Checks a file row by row.</summary>
internal interface IRowCheck
{
    /// <summary>What stands between the columns.</summary>
    byte Separator { get; }

    /// <summary>What is wrong with the next row, null when nothing is.</summary>
    RowFault? Find(ReadOnlySpan<byte> row);
}
