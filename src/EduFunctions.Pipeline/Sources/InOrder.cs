namespace EduFunctions.Pipeline.Sources;

/// <summary>Hands on in order what parallel work finishes out of order; holds back only what came too early.</summary>
internal sealed class InOrder<T>(Action<T> next)
{
    private readonly Dictionary<int, T> _early = [];
    private int _position;

    public void Add(int position, T item)
    {
        lock (_early)
        {
            _early.Add(position, item);
            while (_early.Remove(_position, out var due))
            {
                next(due);
                _position++;
            }
        }
    }
}
