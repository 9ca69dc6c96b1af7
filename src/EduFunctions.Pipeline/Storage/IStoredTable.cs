using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>A table as <see cref="TableFile"/> writes it.</summary>
public interface IStoredTable
{
    string Name { get; }

    int Rows { get; }

    int RowSize { get; }

    void Write(Stream stream);

    /// <summary>Adds those of the rows' ids whose texts do not fit into them.</summary>
    void AddLongIds(HashSet<EntityId> found);
}
