namespace EduFunctions.Pipeline.Model;

/// <summary>Something that holds rows in one array, whose growing is dear: the old and the new array are both there for a while.</summary>
public interface IReservable
{
    int Count { get; }

    void Reserve(int capacity);
}
